/** The tables that everything is written to and derived from, and what is kept at hand of them. */
@NullMarked
package dev.carillon.storage.embedded.tables;

import org.jspecify.annotations.NullMarked;
