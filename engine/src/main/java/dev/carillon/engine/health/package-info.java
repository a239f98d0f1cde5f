/** Whether the parts of this process can do their work. */
@NullMarked
package dev.carillon.engine.health;

import org.jspecify.annotations.NullMarked;
