/** The HTTP API for people's programs: campaigns, connections, segments, people and reports. */
@NullMarked
package dev.carillon.server.api;

import org.jspecify.annotations.NullMarked;
