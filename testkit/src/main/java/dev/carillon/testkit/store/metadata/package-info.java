/** What every store of definitions and work in progress must keep, as tests. */
@NullMarked
package dev.carillon.testkit.store.metadata;

import org.jspecify.annotations.NullMarked;
