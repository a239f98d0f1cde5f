/** What every store of facts must keep, as tests. */
@NullMarked
package dev.carillon.testkit.store.facts;

import org.jspecify.annotations.NullMarked;
