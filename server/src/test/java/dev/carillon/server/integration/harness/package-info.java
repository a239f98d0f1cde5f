/** What whole servers are tried with: processes, worlds, senders, disks. */
@NullMarked
package dev.carillon.server.integration.harness;

import org.jspecify.annotations.NullMarked;
