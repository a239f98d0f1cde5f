/** Tests of the metadata store. */
@NullMarked
package dev.carillon.storage.sql;

import org.jspecify.annotations.NullMarked;
