package dev.carillon.engine.reference;

import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.port.account.InstallationStore;
import dev.carillon.engine.port.account.ReferenceKey;
import java.security.SecureRandom;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, or makes, the keys that sign references. They are kept apart from the key that seals the
 * connections' secrets, so that losing that one costs only the secrets.
 */
public final class ReferenceKeys {
  private static final Logger log = LoggerFactory.getLogger(ReferenceKeys.class);
  private static final int BYTES = 32;

  /** The context in which earlier versions sealed their key. */
  private static final String CONTEXT = "reference-secret";

  private ReferenceKeys() {}

  /** The references of this installation, signed and read with its keys. */
  public static References open(InstallationStore store, Seal seal) {
    for (ReferenceKey key : store.referenceKeys()) {
      if (key.sealed()) {
        unseal(store, seal, key);
      }
    }
    List<ReferenceKey> keys = usable(store);
    if (keys.isEmpty()) {
      byte[] fresh = new byte[BYTES];
      new SecureRandom().nextBytes(fresh);
      store.addReferenceKey(fresh);
      keys = usable(store);
    }
    return new References(keys.stream().map(ReferenceKey::key).toList());
  }

  private static List<ReferenceKey> usable(InstallationStore store) {
    return store.referenceKeys().stream().filter(key -> !key.sealed()).toList();
  }

  private static void unseal(InstallationStore store, Seal seal, ReferenceKey sealed) {
    try {
      store.openedReferenceKey(sealed.id(), seal.open(sealed.key(), CONTEXT));
    } catch (IllegalStateException closed) {
      log.warn(
          "The key that signed the references of messages sent so far cannot be opened ({})."
              + " Callbacks of those messages are matched by the provider's message id only, until"
              + " a start with the secrets.key that was used before.",
          closed.getMessage());
    }
  }
}
