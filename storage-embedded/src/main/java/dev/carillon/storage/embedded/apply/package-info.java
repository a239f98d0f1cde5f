/** From the journal into the tables: batch after batch, each wholly or not at all. */
@NullMarked
package dev.carillon.storage.embedded.apply;

import org.jspecify.annotations.NullMarked;
