package dev.carillon.server.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.key.IdentityKeys.Algorithm;
import dev.carillon.server.access.key.IdentityKeys.Created;
import dev.carillon.server.access.login.SettableClock;
import dev.carillon.server.access.secret.SecretBox;
import dev.carillon.server.access.secret.SecretKeys;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what a business's server signed lately, for this person, with a key that holds, counts. */
class IdentityKeysTest {
  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private MetadataStore store;
  private IdentityKeys keys;

  @BeforeEach
  void open() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    keys = keys();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private IdentityKeys keys() {
    return new IdentityKeys(
        store, new SecretBox(SecretKeys.inFolder(folder)), clock, new AuditLog(store, clock));
  }

  private Created made(Algorithm algorithm) {
    return keys.create("shop", algorithm, null, Actor.login("meera"));
  }

  private static JWSSigner signer(Created key) throws Exception {
    String secret = Objects.requireNonNull(key.secret());
    return key.key().algorithm().equals("HS256")
        ? new MACSigner(secret)
        : new ECDSASigner(
            (ECPrivateKey)
                KeyFactory.getInstance("EC")
                    .generatePrivate(
                        new PKCS8EncodedKeySpec(Base64.getDecoder().decode(bare(secret)))));
  }

  private static String bare(String pem) {
    return pem.replaceAll("-----[A-Z ]+-----|\\s", "");
  }

  private static String token(Created key, JWTClaimsSet claims, @Nullable String keyId)
      throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.parse(key.key().algorithm())).keyID(keyId).build(),
            claims);
    token.sign(signer(key));
    return token.serialize();
  }

  private static JWTClaimsSet claims(String subject, @Nullable Instant made) {
    return new JWTClaimsSet.Builder()
        .subject(subject)
        .issueTime(made == null ? null : Date.from(made))
        .build();
  }

  private boolean proves(String token, String identity) {
    return keys.prove(token, identity, clock.instant());
  }

  @Test
  void aTokenProvesThePersonThatItNames() throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      Created key = made(algorithm);
      for (String keyId : new String[] {null, key.key().keyId()}) {
        String token = token(key, claims("ravi/17", clock.instant()), keyId);
        assertThat(proves(token, "ravi/17")).as("%s %s", algorithm, keyId).isTrue();
        assertThat(proves(token, "ravi/18")).isFalse();
        assertThat(proves(token.substring(0, token.length() - 2) + "AA", "ravi/17")).isFalse();
      }
      assertThat(proves(token(key, claims("ravi/17", clock.instant()), "ik_other"), "ravi/17"))
          .isFalse();
    }
  }

  @Test
  void aTokenIsAtMostADayOld() throws Exception {
    Created key = made(Algorithm.HS256);
    Instant now = clock.instant();
    assertThat(proves(token(key, claims("a", now.minus(Duration.ofDays(1))), null), "a")).isTrue();
    assertThat(
            proves(
                token(key, claims("a", now.minus(Duration.ofDays(1).plusSeconds(1))), null), "a"))
        .isFalse();
    assertThat(proves(token(key, claims("a", now.plusSeconds(60)), null), "a")).isTrue();
    assertThat(proves(token(key, claims("a", now.plusSeconds(62)), null), "a")).isFalse();
    assertThat(proves(token(key, claims("a", null), null), "a")).isFalse();
    JWTClaimsSet ended =
        new JWTClaimsSet.Builder(claims("a", now)).expirationTime(Date.from(now)).build();
    assertThat(proves(token(key, ended, null), "a")).isFalse();
    JWTClaimsSet begins =
        new JWTClaimsSet.Builder(claims("a", now))
            .notBeforeTime(Date.from(now.plusSeconds(99)))
            .build();
    assertThat(proves(token(key, begins, null), "a")).isFalse();
  }

  @Test
  void anUnsignedTokenProvesNothing() throws Exception {
    Created secret = made(Algorithm.HS256);
    Created pair = made(Algorithm.ES256);
    JWTClaimsSet claims = claims("a", clock.instant());
    assertThat(proves(new PlainJWT(claims).serialize(), "a")).isFalse();
    for (String text : new String[] {"", "a", "a.b.c", "..", "x".repeat(5_000)}) {
      assertThat(proves(text, "a")).isFalse();
    }
    SignedJWT stronger = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims);
    stronger.sign(
        new MACSigner((secret.secret() + secret.secret()).getBytes(StandardCharsets.UTF_8)));
    assertThat(proves(stronger.serialize(), "a")).isFalse();
    // The public key is known; it must not pass for a secret.
    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(pair.key().keyId()).build(), claims);
    confused.sign(new MACSigner(pair.key().material()));
    assertThat(proves(confused.serialize(), "a")).isFalse();
    keys.revoke(secret.key().id(), Actor.SYSTEM);
    keys.revoke(pair.key().id(), Actor.SYSTEM);
    assertThat(proves(token(secret, claims, null), "a")).isFalse();
    assertThat(proves(token(pair, claims, null), "a")).isFalse();
  }

  @Test
  void aServerMayKeepItsPrivateKeyToItself() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Created key = keys.create("own", Algorithm.ES256, pem, Actor.SYSTEM);
    SignedJWT token =
        new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims("a", clock.instant()));
    token.sign(new ECDSASigner((ECPrivateKey) pair.getPrivate()));

    assertThat(key.secret()).isNull();
    assertThat(proves(token.serialize(), "a")).isTrue();
  }

  @Test
  void whatIsNoKeyIsRefusedInWords() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    String larger =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    for (String pem : new String[] {"x", "", larger, "AAAA"}) {
      assertThatThrownBy(() -> keys.create("own", Algorithm.ES256, pem, Actor.SYSTEM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("P-256");
    }
    assertThatThrownBy(() -> keys.create(" ", Algorithm.HS256, null, Actor.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSecretIsKeptSealedAndIsUnusableWithoutItsSeal() throws Exception {
    Created key = made(Algorithm.HS256);
    String secret = Objects.requireNonNull(key.secret());
    assertThat(
            new String(
                Files.readAllBytes(folder.resolve("metadata.db")), StandardCharsets.ISO_8859_1))
        .doesNotContain(secret);
    assertThat(store.auditLog(9))
        .extracting(AuditEntry::action)
        .containsExactly("identityKey.create");
    assertThat(store.auditLog(9).toString()).doesNotContain(secret);
    String token = token(key, claims("a", clock.instant()), null);
    assertThat(proves(token, "a")).isTrue();

    Files.delete(folder.resolve("secrets.key"));
    keys = keys();
    assertThat(keys.isUsable(key.key())).isFalse();
    assertThat(proves(token, "a")).isFalse();
  }
}
