/** The port to providers: sending a message and understanding a callback. */
@NullMarked
package dev.carillon.engine.provider;

import org.jspecify.annotations.NullMarked;
