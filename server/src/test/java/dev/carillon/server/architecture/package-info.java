/** The rules of which part may know which, as failing tests. */
@NullMarked
package dev.carillon.server.architecture;

import org.jspecify.annotations.NullMarked;
