/** The rules of which part may know which, as failing tests. */
@NullMarked
package dev.carillon.bench.architecture;

import org.jspecify.annotations.NullMarked;
