/** Tests of ingestion over real HTTP: hostile input, and the libraries that people use. */
@NullMarked
package dev.carillon.server.ingest;

import org.jspecify.annotations.NullMarked;
