/** The port to providers: sending a message and understanding a callback. */
@NullMarked
package dev.carillon.engine.channel;

import org.jspecify.annotations.NullMarked;
