/**
 * How requests reach the server: each has a limited time to arrive, and none that was begun is left
 * without an answer.
 */
@NullMarked
package dev.carillon.server.connector;

import org.jspecify.annotations.NullMarked;
