/** Sending on the embedded stores, put together as a process does. */
@NullMarked
package dev.carillon.storage.embedded.sending;

import org.jspecify.annotations.NullMarked;
