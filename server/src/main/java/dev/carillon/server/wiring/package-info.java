/** Which parts make up the running server, and their settings. */
@NullMarked
package dev.carillon.server.wiring;

import org.jspecify.annotations.NullMarked;
