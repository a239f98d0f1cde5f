/** People, as somebody looks for them. */
@NullMarked
package dev.carillon.engine.people;

import org.jspecify.annotations.NullMarked;
