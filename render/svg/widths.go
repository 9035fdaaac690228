package svg

// run is the advance widths of consecutive characters of the Go fonts (Bigelow
// & Holmes, 2016), a byte each: '0' plus the width in 64ths of an em, rounded
// up, and '0' alone for a character the font lacks.
type run struct {
	from          rune
	regular, bold string
}

// runs is read from golang.org/x/image/font/gofont; TestWidths compares each
// entry with the fonts. A table, because parsing a font takes longer than
// drawing a small system.
var runs = [...]run{
	{0x20,
		"BBGTTi[=FFVVEVEBTTTTTTTTTTDDVVVTq[[__[Xb_JP[Tf_b[b_[X_[m[[XBBBNTFTTPTTBTT@APBfTTTTFPCTP_PPPFAFV",
		"BFOTTi_@FFTVBVBBTTTTTTTTTTFFVVVXo____[Xb_MT_Xf_b[b_[X_[m[[XFBFVTFTXTXTFXXCCTDiXXXXITFXTbTTPIBIV"},
	{0xa0,
		"BFTTTTATF`HTVF`TJVNNFTSBFNHTfffX[[[[[[p_[[[[JJJJ__bbbbbVb____[[XTTTTTTiPTTTT@@@@TTTTTTTVXTTTTPTP[U[U[T_P_P_P_P_Z_T[T[T[T[T[TbTbTbTbT_T_TJ@J@J@J@J@dNPA[PPTBTBTFTFTC_T_T_TW_TbTbTbTpm_F_F_F[P[P[P[PXBXHXB_T_T_T_T_T_Tm_[P[XPXPXP?",
		"BFTTTTBTF`HTVF`TJVPPFXTBFPHTfffX______p_[[[[MMMM__bbbbbVb____[[XTTTTTTiTTTTTCCCCXXXXXXXVXXXXXTXT_T_T_T_T_T_T_T_^_X[T[T[T[T[TbXbXbXbX_X_XMCMCMCMCMChTTC_TTXDXDXKXOXE_X_X_X^_XbXbXbXpm_I_I_I[T[T[T[TXFXOXF_X_X_X_X_X_Xmb[T[XPXPXPD"},
	{0x384,
		"FF[BcfJ0b0gaH[[T[[X_bJ[[f_Zb_[0VX[i[f]K[UMTHSUUPTMMTTHPPUPMT]UOXJSZR^bHSTSb",
		"FN_FgjU0e0lfI__W^[X_bM_[f_Zb_[0WX[e[ddM[XMXIVXXTWONXSITTXTMXaXR\\MV^UagIVXVg"},
	{0x400,
		"[[hS^[JJPtqgV^Y^[Z[S\\[lW^^VZf_b^[_XYa[`[klciZ^q_TURHVT[NTTLV\\TTSTPNPePURdeX^RQ`STTTHQP@@?jdTLTPT",
		"[[iU^[MMTvthX^X^_^_U^[jY^^X]f_b^[_XXg[_]qrho^^r^TXXKYT^PXXQY`WXWXTPThTXVff_gXTgVTTXKTTBBBnjXQXTW"},
	{0x2010,
		"000Ppp0T????KKK0TTG000p",
		"000Tpp0TBBBBPPP0TTG000p"},
}
