/** Sealing what must not be read from the database. */
@NullMarked
package dev.carillon.server.access.secret;

import org.jspecify.annotations.NullMarked;
