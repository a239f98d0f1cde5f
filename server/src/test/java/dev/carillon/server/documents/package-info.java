/** Holds the documents to what the program says. */
@NullMarked
package dev.carillon.server.documents;

import org.jspecify.annotations.NullMarked;
