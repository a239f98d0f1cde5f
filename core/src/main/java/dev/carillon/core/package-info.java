/** The domain of Carillon, pure: no I/O, no framework, no logging. */
@NullMarked
package dev.carillon.core;

import org.jspecify.annotations.NullMarked;
