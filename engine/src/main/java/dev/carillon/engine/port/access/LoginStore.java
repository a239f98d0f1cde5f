package dev.carillon.engine.port.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who may sign in. */
public interface LoginStore {

  /** Creates a login or replaces its password and role. */
  void putLogin(String name, String passwordHash, String role, Instant at);

  Optional<Login> login(String name);

  List<Login> logins();

  /** Replaces a login's password; false when there is none of that name. */
  boolean setPassword(String name, String passwordHash);

  /** Deletes a login, and from where it has signed in. */
  boolean deleteLogin(String name);
}
