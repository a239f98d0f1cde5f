/** The flows of Carillon and the ports that they need. */
@NullMarked
package dev.carillon.engine;

import org.jspecify.annotations.NullMarked;
