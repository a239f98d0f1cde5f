/** Ingestion: uploads, Segment's messages and providers' callbacks, without a web framework. */
@NullMarked
package dev.carillon.server.ingest;

import org.jspecify.annotations.NullMarked;
