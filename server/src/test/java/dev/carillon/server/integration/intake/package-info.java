/** Data that comes in, over HTTP, from every kind of source. */
@NullMarked
package dev.carillon.server.integration.intake;

import org.jspecify.annotations.NullMarked;
