/** Tests of what the server is put together from. */
@NullMarked
package dev.carillon.server.wiring;

import org.jspecify.annotations.NullMarked;
