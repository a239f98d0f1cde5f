/** What rules tell of single people. */
@NullMarked
package dev.carillon.core.audience;

import org.jspecify.annotations.NullMarked;
