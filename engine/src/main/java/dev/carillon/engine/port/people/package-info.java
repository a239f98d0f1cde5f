/** People and what happened with them. */
@NullMarked
package dev.carillon.engine.port.people;

import org.jspecify.annotations.NullMarked;
