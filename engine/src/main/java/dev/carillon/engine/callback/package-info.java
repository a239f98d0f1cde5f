/** What comes back from providers: callbacks, and how healthy the connections are. */
@NullMarked
package dev.carillon.engine.callback;

import org.jspecify.annotations.NullMarked;
