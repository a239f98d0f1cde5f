/** The providers that messages go out through, one package each. */
@NullMarked
package dev.carillon.channels;

import org.jspecify.annotations.NullMarked;
