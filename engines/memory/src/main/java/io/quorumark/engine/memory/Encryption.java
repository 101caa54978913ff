package io.quorumark.engine.memory;

/** How what goes to the device is encrypted. */
enum Encryption {
    NONE("none", "", ""),
    AES_GCM("aes-gcm", "AES/GCM/NoPadding", "AES"),
    CHACHA20_POLY1305("chacha20-poly1305", "ChaCha20-Poly1305", "ChaCha20");

    private final String option;
    private final String transformation;
    private final String keyAlgorithm;

    Encryption(String option, String transformation, String keyAlgorithm) {
        this.option = option;
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    static Encryption of(String option) {
        for (Encryption one : values()) {
            if (one.option.equals(option)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "encryption is '" + option + "', expected none, aes-gcm or chacha20-poly1305");
    }

    /** As it stands in the options. */
    String option() {
        return option;
    }

    /** The name the JDK's providers know it by. */
    String transformation() {
        return transformation;
    }

    /** The name the JDK's providers know its keys by. */
    String keyAlgorithm() {
        return keyAlgorithm;
    }
}
