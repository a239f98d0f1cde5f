/** Calling a provider over HTTP so that it is always known whether the request may have arrived. */
@NullMarked
package dev.carillon.channels.http;

import org.jspecify.annotations.NullMarked;
