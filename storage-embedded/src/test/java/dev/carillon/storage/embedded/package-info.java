/** Tests of storage.embedded. */
@NullMarked
package dev.carillon.storage.embedded;

import org.jspecify.annotations.NullMarked;
