/**
 * What is used of pkcs11js (PKCS#11 v2.40). The package is compiled where it is installed, and is not there where it can't
 * be: the types must not depend on it.
 */
declare module "pkcs11js" {
  export type Handle = Buffer;

  interface Attribute {
    type: number;
    value?: number | string | boolean | Buffer;
  }

  interface Mechanism {
    mechanism: number;
    parameter?: { type: number; hashAlg: number; mgf: number; saltLen: number };
  }

  export class PKCS11 {
    load(path: string): void;
    close(): void;
    C_Initialize(): void;
    C_Finalize(): void;
    C_GetSlotList(tokenPresent: boolean): Handle[];
    C_GetTokenInfo(slot: Handle): { flags: number };
    C_OpenSession(slot: Handle, flags: number): Handle;
    C_Login(session: Handle, user: number, pin: string): void;
    C_FindObjectsInit(session: Handle, template: Attribute[]): void;
    C_FindObjects(session: Handle, most: number): Handle[];
    C_FindObjectsFinal(session: Handle): void;
    C_GetAttributeValue(session: Handle, object: Handle, template: Attribute[]): Attribute[];
    C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void;
    C_Sign(session: Handle, data: Buffer, out: Buffer): Buffer;
  }

  export const CKF_SERIAL_SESSION: number;
  export const CKF_USER_PIN_INITIALIZED: number;
  export const CKU_USER: number;
  export const CKA_CLASS: number;
  export const CKA_LABEL: number;
  export const CKA_VALUE: number;
  export const CKA_ID: number;
  export const CKO_PRIVATE_KEY: number;
  export const CKO_CERTIFICATE: number;
  export const CKM_ECDSA: number;
  export const CKM_SHA256: number;
  export const CKM_SHA256_RSA_PKCS: number;
  export const CKM_RSA_PKCS_PSS: number;
  export const CKG_MGF1_SHA256: number;
  export const CK_PARAMS_RSA_PSS: number;
}
