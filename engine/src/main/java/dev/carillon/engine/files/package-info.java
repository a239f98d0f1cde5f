/** Files of the data folder, which only their owner may read. */
@NullMarked
package dev.carillon.engine.files;

import org.jspecify.annotations.NullMarked;
