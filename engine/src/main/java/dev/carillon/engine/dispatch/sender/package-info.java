/** Connections as all campaigns share them: sender, rate, trouble. */
@NullMarked
package dev.carillon.engine.dispatch.sender;

import org.jspecify.annotations.NullMarked;
