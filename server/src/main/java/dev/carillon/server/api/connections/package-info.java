/** Connections to providers and their templates. */
@NullMarked
package dev.carillon.server.api.connections;

import org.jspecify.annotations.NullMarked;
