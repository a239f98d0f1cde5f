/** Custom lists and their members. */
@NullMarked
package dev.carillon.storage.embedded.lists;

import org.jspecify.annotations.NullMarked;
