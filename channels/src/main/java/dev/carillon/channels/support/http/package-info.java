/** Calling providers over HTTP: deadlines, connections, and what came of it. */
@NullMarked
package dev.carillon.channels.support.http;

import org.jspecify.annotations.NullMarked;
