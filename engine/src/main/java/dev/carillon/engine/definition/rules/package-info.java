/** Who: rules and segments. */
@NullMarked
package dev.carillon.engine.definition.rules;

import org.jspecify.annotations.NullMarked;
