/** Processes that are killed, or have little memory, and what is there afterwards. */
@NullMarked
package dev.carillon.storage.embedded.crash;

import org.jspecify.annotations.NullMarked;
