/** Whether this server can do its work: for orchestrators, for the overview, in the log. */
@NullMarked
package dev.carillon.server.health;

import org.jspecify.annotations.NullMarked;
