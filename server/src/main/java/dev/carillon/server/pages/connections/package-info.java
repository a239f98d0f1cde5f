/** Connections to providers. */
@NullMarked
package dev.carillon.server.pages.connections;

import org.jspecify.annotations.NullMarked;
