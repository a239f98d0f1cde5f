/** Whether the parts of this process can do their work, and loops that go on whatever happens. */
@NullMarked
package dev.carillon.engine.health;

import org.jspecify.annotations.NullMarked;
