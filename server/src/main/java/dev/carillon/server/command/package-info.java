/** The command line: serve, demo, verify, user. */
@NullMarked
package dev.carillon.server.command;

import org.jspecify.annotations.NullMarked;
