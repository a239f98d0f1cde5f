/** What comes back from providers: references, callbacks, and how healthy they are. */
@NullMarked
package dev.carillon.engine.callback;

import org.jspecify.annotations.NullMarked;
