/** What every provider must keep, as tests. */
@NullMarked
package dev.carillon.testkit.provider;

import org.jspecify.annotations.NullMarked;
