/** Tests of engine.health. */
@NullMarked
package dev.carillon.engine.health;

import org.jspecify.annotations.NullMarked;
