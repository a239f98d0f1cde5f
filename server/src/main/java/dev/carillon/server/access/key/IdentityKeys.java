package dev.carillon.server.access.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.intake.IdentityTokens;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.IdentityKey;
import dev.carillon.engine.port.access.IdentityKeyStore;
import dev.carillon.server.access.Tokens;
import dev.carillon.server.access.audit.AuditLog;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a business's servers sign identity tokens with, and the judge of those tokens: JSON
 * Web Tokens (RFC 7519) with {@code sub}, the person's identity, and {@code iat}, when they were
 * made. Thread-safe.
 */
public final class IdentityKeys implements IdentityTokens {
  private static final Logger log = LoggerFactory.getLogger(IdentityKeys.class);

  private static final int LONGEST_TOKEN = 4_096;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_KEYS = 20;

  /** How long a token counts after it was made. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(1);

  /** By how much the clock of the signing server may be ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /** How long another node may go on accepting a key that was revoked on this one. */
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final IdentityKeyStore store;
  private final Seal seal;
  private final InstantSource clock;
  private final AuditLog audit;
  private volatile Verifiers verifiers = new Verifiers(List.of(), Instant.MIN);

  public IdentityKeys(IdentityKeyStore store, Seal seal, InstantSource clock, AuditLog audit) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
    this.audit = audit;
  }

  /** How tokens are signed. Its name is that of RFC 7518. */
  public enum Algorithm {
    /** A secret that both sides have. */
    HS256,
    /** A private key that only the signing server has; Carillon keeps the public one. */
    ES256
  }

  /**
   * A key that was just made.
   *
   * @param secret what the server signs with, which cannot be shown again: the secret of HS256 (its
   *     characters are its bytes), the private key of ES256 (PKCS 8, PEM); null when the server has
   *     made it itself
   */
  public record Created(IdentityKey key, @Nullable String secret) {}

  /** All keys, revoked ones too, in the order of their making. */
  public List<IdentityKey> list() {
    return store.identityKeys();
  }

  /**
   * Makes a key.
   *
   * @param name what to know it by, 1 to 100 characters
   * @param publicKey for ES256: the server's own public key on P-256 (X.509, PEM); null to have a
   *     pair made
   * @throws IllegalArgumentException when it cannot be made, in words for people
   */
  public Created create(String name, Algorithm algorithm, @Nullable String publicKey, Actor by) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("A key's name has 1 to 100 characters.");
    }
    if (store.identityKeys().stream().filter(key -> key.revokedAt() == null).count() >= MOST_KEYS) {
      throw new IllegalArgumentException(
          "There are " + MOST_KEYS + " keys already. Revoke one that is not used any more.");
    }
    String keyId = "ik_" + Tokens.create().substring(0, 12);
    String secret = null;
    byte[] material;
    if (algorithm == Algorithm.HS256) {
      if (publicKey != null) {
        throw new IllegalArgumentException("A public key belongs to ES256.");
      }
      secret = Tokens.create();
      material = seal.seal(secret.getBytes(StandardCharsets.UTF_8), context(keyId));
    } else if (publicKey != null) {
      material = publicKey(publicKey);
    } else {
      KeyPair pair = pair();
      secret = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
      material = pair.getPublic().getEncoded();
    }
    IdentityKey key =
        store.putIdentityKey(name, keyId, algorithm.name(), material, clock.instant());
    forget();
    audit.record(by, "identityKey.create", name, algorithm + " " + keyId);
    return new Created(key, secret);
  }

  /** Makes a key invalid for ever; false when there is none, or it was revoked before. */
  public boolean revoke(int id, Actor by) {
    boolean revoked = store.revokeIdentityKey(id, clock.instant());
    forget();
    if (revoked) {
      audit.record(by, "identityKey.revoke", Integer.toString(id), null);
    }
    return revoked;
  }

  @Override
  public boolean prove(String token, String identity, Instant now) {
    if (token.length() > LONGEST_TOKEN) {
      return false;
    }
    try {
      SignedJWT signed = SignedJWT.parse(token);
      return isSigned(signed, now) && says(signed.getJWTClaimsSet(), identity, now);
    } catch (ParseException noToken) {
      return false;
    }
  }

  private static boolean says(JWTClaimsSet claims, String identity, Instant now) {
    Date made = claims.getIssueTime();
    Date ends = claims.getExpirationTime();
    Date begins = claims.getNotBeforeTime();
    return identity.equals(claims.getSubject())
        && made != null
        && !made.toInstant().isAfter(now.plus(AHEAD))
        && !made.toInstant().isBefore(now.minus(LONGEST_LIFE))
        && (ends == null || ends.toInstant().isAfter(now))
        && (begins == null || !begins.toInstant().isAfter(now.plus(AHEAD)));
  }

  private boolean isSigned(SignedJWT token, Instant now) {
    String algorithm = token.getHeader().getAlgorithm().getName();
    String keyId = token.getHeader().getKeyID();
    for (Verifier one : verifiers(now)) {
      if (one.algorithm.equals(algorithm) && (keyId == null || keyId.equals(one.keyId))) {
        try {
          if (token.verify(one.verifier)) {
            return true;
          }
        } catch (JOSEException unusable) {
          log.debug("A token cannot be judged", unusable);
        }
      }
    }
    return false;
  }

  private record Verifier(String keyId, String algorithm, JWSVerifier verifier) {}

  private record Verifiers(List<Verifier> list, Instant until) {}

  private List<Verifier> verifiers(Instant now) {
    Verifiers known = verifiers;
    if (now.isBefore(known.until)) {
      return known.list;
    }
    List<Verifier> list = new ArrayList<>();
    for (IdentityKey key : store.identityKeys()) {
      if (key.revokedAt() == null) {
        verifier(key)
            .ifPresent(verifier -> list.add(new Verifier(key.keyId(), key.algorithm(), verifier)));
      }
    }
    verifiers = new Verifiers(List.copyOf(list), now.plus(REMEMBERED));
    return list;
  }

  /** Whether the key can be used; its secret may be lost together with the keys that sealed it. */
  public boolean isUsable(IdentityKey key) {
    return verifier(key).isPresent();
  }

  private Optional<JWSVerifier> verifier(IdentityKey key) {
    try {
      return Optional.of(
          key.algorithm().equals(Algorithm.HS256.name())
              ? new MACVerifier(seal.open(key.material(), context(key.keyId())))
              : new ECDSAVerifier(decoded(key.material())));
    } catch (IllegalStateException | JOSEException | GeneralSecurityException unusable) {
      log.debug("The key {} for identity tokens cannot be used", key.keyId(), unusable);
      return Optional.empty();
    }
  }

  private void forget() {
    verifiers = new Verifiers(List.of(), Instant.MIN);
  }

  private static String context(String keyId) {
    return "identity key " + keyId;
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has P-256", impossible);
    }
  }

  private static byte[] publicKey(String pem) {
    try {
      String text =
          pem.replace("-----BEGIN PUBLIC KEY-----", "")
              .replace("-----END PUBLIC KEY-----", "")
              .replaceAll("\\s", "");
      byte[] encoded = Base64.getDecoder().decode(text);
      if (Curve.P_256.equals(Curve.forECParameterSpec(decoded(encoded).getParams()))) {
        return encoded;
      }
    } catch (IllegalArgumentException | ClassCastException | GeneralSecurityException noKey) {
      log.debug("No public key", noKey);
    }
    throw new IllegalArgumentException(
        "This is no public key on the curve P-256 in PEM (-----BEGIN PUBLIC KEY-----).");
  }

  private static ECPublicKey decoded(byte[] encoded) throws GeneralSecurityException {
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
