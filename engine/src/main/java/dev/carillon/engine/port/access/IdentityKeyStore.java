package dev.carillon.engine.port.access;

import java.time.Instant;
import java.util.List;

/** The keys that a business's servers sign identity tokens with. */
public interface IdentityKeyStore {

  /**
   * Keeps a new key.
   *
   * @param name what people know it by
   * @param keyId what tokens name it by, unlike that of any other key
   * @param algorithm HS256 or ES256
   * @param material the sealed secret of HS256, the public key (X.509) of ES256
   */
  IdentityKey putIdentityKey(
      String name, String keyId, String algorithm, byte[] material, Instant at);

  /** All keys, revoked ones too, in the order of their making. */
  List<IdentityKey> identityKeys();

  /** Makes a key invalid for ever; false when there is none, or it was revoked before. */
  boolean revokeIdentityKey(int id, Instant at);
}
