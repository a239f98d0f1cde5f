/** Tests of engine.callback. */
@NullMarked
package dev.carillon.engine.callback;

import org.jspecify.annotations.NullMarked;
