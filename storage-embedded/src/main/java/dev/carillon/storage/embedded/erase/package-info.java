/** Deleting people, in all that is there and all that still comes. */
@NullMarked
package dev.carillon.storage.embedded.erase;

import org.jspecify.annotations.NullMarked;
