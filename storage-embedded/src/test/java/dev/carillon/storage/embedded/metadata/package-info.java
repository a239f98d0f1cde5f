/** Tests of the metadata store. */
@NullMarked
package dev.carillon.storage.embedded.metadata;

import org.jspecify.annotations.NullMarked;
