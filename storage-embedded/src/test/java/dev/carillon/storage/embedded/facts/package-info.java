/** Tests of the facts side of the embedded store. */
@NullMarked
package dev.carillon.storage.embedded.facts;

import org.jspecify.annotations.NullMarked;
