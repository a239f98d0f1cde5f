/** What all parts of the API share: reading requests, and how they are refused. */
@NullMarked
package dev.carillon.server.api.request;

import org.jspecify.annotations.NullMarked;
