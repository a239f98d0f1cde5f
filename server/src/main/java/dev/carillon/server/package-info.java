/** The one process: HTTP API, hooks, dashboard, command line and wiring. */
@NullMarked
package dev.carillon.server;

import org.jspecify.annotations.NullMarked;
